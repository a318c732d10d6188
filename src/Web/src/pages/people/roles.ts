/** Of people, the mightiest first. */
export const roles = ['admin', 'operator', 'user', 'viewer'] as const;

export type Role = (typeof roles)[number];

/** What may be done, and from which role on: each may all that the ones after it may. */
export const deeds = { people: 'admin', fleet: 'operator', posts: 'operator', allTasks: 'operator', ownTasks: 'user', talk: 'user', answer: 'user', read: 'viewer', keys: 'viewer' } as const satisfies Record<string, Role>;

export type Deed = keyof typeof deeds;

export function may(role: Role, deed: Deed): boolean {
  return roles.indexOf(role) <= roles.indexOf(deeds[deed]);
}

export function isRole(value: string): value is Role {
  return roles.some((role) => role === value);
}

/** Roles in their order; what an account holds of which this page does not know is kept, so that saving takes nothing away. */
export function inOrder(given: readonly string[]): string[] {
  return [...roles.filter((role) => given.includes(role)), ...given.filter((role) => !isRole(role))];
}

/** What may be given away: at most what one has. */
export function upTo(own: readonly string[]): readonly Role[] {
  const highest = roles.findIndex((role) => own.includes(role));
  return highest < 0 ? [] : roles.slice(highest);
}
