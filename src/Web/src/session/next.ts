/** Only a path of this app may be where a sign-in leads to. Browsers drop tabs and line breaks, so neither may stand in it. */
export function safeNext(next: unknown): string | undefined {
  return typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) && !next.startsWith('/sign-in') ? next : undefined;
}
