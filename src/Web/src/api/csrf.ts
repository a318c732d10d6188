const name = 'agents_csrf';

export function csrfToken(cookies: string): string | undefined {
  const pair = cookies.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
  return pair === undefined ? undefined : decodeURIComponent(pair.slice(name.length + 1));
}

/** The session itself is HttpOnly; this cookie, which comes and goes with it, tells whether it is worth asking for. */
export function mayHaveSession(): boolean {
  return csrfToken(document.cookie) !== undefined;
}

export function forgetSession(): void {
  document.cookie = `${name}=; Max-Age=0; Path=/; SameSite=Strict`;
}
