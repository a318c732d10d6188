import { useEffect, useState } from 'react';

/** What had the focus has it again when a window is gone that was open from its first moment on: Mantine's own give it back only when they are closed and stay. */
export function useFocusBack(isOpen: boolean): void {
  // While it is drawn first the focus is still where it was.
  const [before] = useState(() => (isOpen ? document.activeElement : null));
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected && (document.activeElement === null || document.activeElement === document.body)) {
        before.focus({ preventScroll: true });
      }
    },
    [before],
  );
}
