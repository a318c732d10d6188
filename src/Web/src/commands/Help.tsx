import { useText } from '../i18n/TextProvider';
import { Dialog } from '../parts/Dialog';
import { useAllCommands, type Command } from './commands';
import classes from './Palette.module.css';
import { Keys } from './Keys';

const order: readonly Command['group'][] = ['page', 'list', 'go', 'app'];

/** What the keyboard can do on this page. */
export function Help({ onClose }: { onClose: () => void }) {
  const { commands: words } = useText();
  const commands = useAllCommands().filter(({ keys }) => keys !== undefined);
  return (
    <Dialog opened onClose={onClose} title={words.help} size="md">
      {order.map((group) => {
        const some = commands.filter((command) => command.group === group);
        return (
          some.length > 0 && (
            <section key={group}>
              <h2 className={classes.heading}>{words.groups[group]}</h2>
              <dl className={classes.keys}>
                {some.map(({ id, label, keys }) => (
                  <div key={id}>
                    <dt>{label}</dt>
                    <dd>{keys?.[0] !== undefined && <Keys keys={keys[0]} />}</dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        );
      })}
    </Dialog>
  );
}
