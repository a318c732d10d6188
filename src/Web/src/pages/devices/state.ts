/** Drained only counts where it would take work otherwise. */
export function stateOf({ status, draining }: { status: string; draining: boolean }): string {
  return draining && status !== 'offline' ? 'draining' : status;
}
