/** The values of a tree by their paths, as the API writes them: an empty object is a value. */
export function leaves(tree: unknown, path = ''): [path: string, value: unknown][] {
  if (typeof tree === 'object' && tree !== null && !Array.isArray(tree) && Object.keys(tree).length > 0) {
    return Object.entries(tree).flatMap(([name, value]) => (value === undefined ? [] : leaves(value, pathOf(path, name))));
  }
  return [[path, tree]];
}

function pathOf(path: string, name: string): string {
  const part = /^[A-Za-z0-9_-]+$/.test(name) ? name : `["${name}"]`;
  return path === '' ? part : part.startsWith('[') ? `${path}${part}` : `${path}.${part}`;
}

const oneLine = 60;

/** A value in one line, or more where it is long; words as they are. */
export function written(value: unknown): string {
  if (typeof value === 'string' || value === undefined) {
    return value ?? '–';
  }
  const line = JSON.stringify(value);
  return line.length > oneLine ? JSON.stringify(value, null, 2) : line;
}
