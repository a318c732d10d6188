import { useEffect } from 'react';
import { allCommands } from './commands';
import { keyOf, leadsOn, press, type Pressed } from './sequence';

/** Keys that something under the focus may want for itself. */
const general = new Set(['enter', 'space', 'up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown', 'escape']);

/** The page's one listener to the keyboard. Mounted once, in the shell. */
export function useKeyboard(): void {
  useEffect(() => {
    let pressed: Pressed = { keys: '', at: 0 };

    const listen = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (event.defaultPrevented || event.isComposing || isTaken(event.target, key)) {
        return;
      }
      const commands = allCommands();
      pressed = press(pressed, key, event.timeStamp);
      const command = find(pressed.keys) ?? find(key);
      if (command !== undefined) {
        pressed = { keys: '', at: 0 };
        event.preventDefault();
        command.run();
      } else if (!leadsOn(pressed.keys, commands.flatMap(({ keys }) => keys ?? []))) {
        pressed = { keys: leadsOn(key, commands.flatMap(({ keys }) => keys ?? [])) ? key : '', at: event.timeStamp };
      }
    };

    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
    };
  }, []);
}

function find(keys: string) {
  return allCommands().findLast((command) => command.keys?.includes(keys) === true && command.when?.() !== false);
}

function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement) || key.startsWith('mod+')) {
    return false;
  }
  if (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')) {
    return true;
  }
  return (
    target.closest('[role=dialog], [role=menu], [role=listbox]') !== null ||
    (general.has(key) && target.closest('button, a, input, [role=tab], [role=radiogroup], summary') !== null)
  );
}
