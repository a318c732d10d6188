const patience = 1_000;

export interface Pressed {
  keys: string;
  at: number;
}

/** What has been pressed so far, with one more key: "g" and "t" within a second are "g t". */
export function press(before: Pressed, key: string, at: number): Pressed {
  return at - before.at < patience && before.keys !== '' ? { keys: `${before.keys} ${key}`, at } : { keys: key, at };
}

/** The name of a key as shortcuts are written: "k", "?", "mod+k", "enter". */
export function keyOf(event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): string {
  const name = event.key === ' ' ? 'space' : event.key.toLowerCase().replace('arrow', '');
  return `${event.ctrlKey || event.metaKey ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${name}`;
}

/** Whether some shortcut goes on from here. */
export function leadsOn(keys: string, shortcuts: readonly string[]): boolean {
  return shortcuts.some((shortcut) => shortcut.startsWith(`${keys} `));
}
