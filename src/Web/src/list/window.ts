export const rowHeight = 42;
const margin = 12;
const step = 4;

/** Which rows are to be there: those in sight and a few more, in steps, so that scrolling a row changes nothing. At most about 80. */
export function rowsInSight(top: number, height: number, total: number, each = rowHeight): [first: number, end: number] {
  const first = Math.floor((top / each - margin) / step) * step;
  const end = Math.ceil(((top + height) / each + margin) / step) * step;
  return [Math.max(0, Math.min(first, total)), Math.max(0, Math.min(end, total))];
}

/** Where to scroll so that a row is in sight; undefined where it is already. */
export function scrollFor(index: number, top: number, height: number): number | undefined {
  const above = index * rowHeight;
  if (above < top) {
    return above;
  }
  return above + rowHeight > top + height ? above + rowHeight - height : undefined;
}
