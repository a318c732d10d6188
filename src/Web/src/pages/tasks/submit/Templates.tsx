import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../../api';
import { useText } from '../../../i18n/TextProvider';
import classes from './Templates.module.css';

const most = 6;

/** The posts that were changed last, to begin with one of them at a click. */
export function Templates({ chosen, onChoose }: { chosen: string | undefined; onChoose: (post: string) => void }) {
  const { submit: words } = useText();
  const posts = useQuery({
    queryKey: ['posts', 'templates'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/posts', { params: { query: { page_size: most } }, signal })),
    staleTime: 60_000,
  });
  if (posts.data === undefined || posts.data.items.length === 0) {
    return null;
  }
  return (
    <div className={classes.posts} role="group" aria-label={words.templates}>
      {posts.data.items.map(({ id, name, description }) => (
        <button key={id} type="button" aria-pressed={id === chosen} className={classes.post} onClick={() => { onChoose(id); }}>
          <strong>{name}</strong>
          <span>{description}</span>
        </button>
      ))}
    </div>
  );
}
