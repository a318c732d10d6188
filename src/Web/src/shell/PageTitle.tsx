import { Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useText } from '../i18n/TextProvider';

let firstPage = true;

/** The page's only h1. It takes the focus after a move inside the app, so that the keyboard and a screen reader follow. */
export function PageTitle({ children, focus = true }: { children: string; focus?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { product } = useText().shell;

  useEffect(() => {
    if (!firstPage && focus) {
      heading.current?.focus({ preventScroll: true });
    }
    firstPage = false;
  }, [focus]);

  return (
    <>
      <title>{`${children} · ${product}`}</title>
      <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {children}
      </Title>
    </>
  );
}
