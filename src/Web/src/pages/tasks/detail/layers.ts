export interface Node {
  id: string;
  /** What has to be done before it. */
  before: readonly string[];
}

export interface Placed {
  id: string;
  layer: number;
  place: number;
}

/** Lays tasks out from left to right, each behind all that it waits for; a ring, which the server allows none of, does not trap it. */
export function layers(nodes: readonly Node[]): Placed[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const depths = new Map<string, number>();
  const depthOf = (id: string, seen: ReadonlySet<string>): number => {
    const known = depths.get(id);
    if (known !== undefined) {
      return known;
    }
    const before = (byId.get(id)?.before ?? []).filter((other) => byId.has(other) && !seen.has(other));
    const depth = before.length === 0 ? 0 : 1 + Math.max(...before.map((other) => depthOf(other, new Set([...seen, id]))));
    depths.set(id, depth);
    return depth;
  };
  const filled = new Map<number, number>();
  return nodes.map(({ id }) => {
    const layer = depthOf(id, new Set([id]));
    const place = filled.get(layer) ?? 0;
    filled.set(layer, place + 1);
    return { id, layer, place };
  });
}
