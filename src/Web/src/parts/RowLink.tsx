import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import table from '../list/VirtualTable.module.css';

/** A row's link. The router's own follows every move of the page, which is too much for a thousand rows that come and go. */
export function RowLink({ href, title, children }: { href: string; title?: string | undefined; children: ReactNode }) {
  const router = useRouter();
  return (
    <a
      href={href}
      title={title}
      className={table.link}
      onClick={(event) => {
        if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
          event.preventDefault();
          void router.navigate({ href });
        }
      }}
    >
      {children}
    </a>
  );
}
