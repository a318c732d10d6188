import { Skeleton } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './Figures.module.css';

export interface FigureProps {
  label: string;
  /** Undefined while it is on its way. */
  value: string | undefined;
  /** Of how many: smaller, behind the number. */
  of?: string | undefined;
  hint: ReactNode;
  /** It could not be had: what is shown is old, or nothing. */
  failed?: boolean;
  /** The list of what was counted. */
  to: LinkProps;
}

export function Figure({ label, value, of, hint, failed = false, to }: FigureProps) {
  return (
    <Link {...to} className={classes.figure} data-stale={failed || undefined}>
      <span className={classes.label}>{label}</span>
      {value === undefined && !failed ? (
        <Skeleton height={24} width={64} my={6} />
      ) : (
        <span className={classes.value}>
          {value ?? '–'}
          {of !== undefined && <small>{of}</small>}
        </span>
      )}
      <span className={classes.hint}>{hint}</span>
    </Link>
  );
}
