import { useMediaQuery } from '@mantine/hooks';

const query = '(max-width: 48em)';

/** True where there is room for one column only, from the first drawing on. */
export function usePhone(): boolean {
  return useMediaQuery(query, window.matchMedia(query).matches);
}
