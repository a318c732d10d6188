import { Loader, Modal, Text, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRouter } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useText } from '../i18n/TextProvider';
import { useFocusBack } from '../parts/useFocusBack';
import { useAllCommands } from './commands';
import { Keys } from './Keys';
import { offers, type Offer } from './offers';
import classes from './Palette.module.css';
import { useFound } from './useFound';

/** Goes anywhere and does anything, by a few letters. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { commands: words, parts } = useText();
  useFocusBack(true);
  const states: Record<string, string | undefined> = parts.states;
  const router = useRouter();
  const [q, setQ] = useState('');
  const [asked] = useDebouncedValue(q.trim(), 120);
  const { found, searching, failed } = useFound(asked);
  const all = offers(useAllCommands(), asked === '' || q.trim() === '' ? [] : found, q, words);
  const [chosen, setChosen] = useState(0);
  const active = Math.min(chosen, all.length - 1);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);

  const choose = (offer: Offer | undefined) => {
    if (offer === undefined) {
      return;
    }
    onClose();
    if (offer.run !== undefined) {
      offer.run();
    } else if (offer.href !== undefined) {
      void router.navigate({ href: offer.href });
    }
  };

  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = (active + step + all.length) % Math.max(1, all.length);
      setChosen(next);
      list.current?.querySelectorAll('[role=option]')[next]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(all[active]);
    }
  };

  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size={620} yOffset="12vh" title={words.open} classNames={{ header: classes.title ?? '' }}>
      <div className={classes.field}>
        <Search size={17} aria-hidden="true" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={all[active] && `${listId}-${String(active)}`}
          aria-label={words.placeholder}
          placeholder={words.placeholder}
          value={q}
          onKeyDown={move}
          onChange={(event) => {
            setQ(event.currentTarget.value);
            setChosen(0);
          }}
        />
        {searching && <Loader size={15} color="gray" role="img" aria-label={words.searching} />}
      </div>
      <div className={classes.list} id={listId} role="listbox" aria-label={words.results} ref={list}>
        {all.map((offer, index) => (
          // The field has the keyboard; an option is only for the pointer.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={offer.key}
            id={`${listId}-${String(index)}`}
            className={classes.option}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerMove={() => {
              setChosen(index);
            }}
            onClick={() => {
              choose(offer);
            }}
          >
            {offer.heading !== all[index - 1]?.heading && <span className={classes.group}>{offer.heading}</span>}
            <span className={classes.line}>
              {offer.icon && <offer.icon size={15} aria-hidden="true" />}
              <span className={classes.label}>{offer.label}</span>
              {offer.hint !== undefined && <span className={classes.aside}>{states[offer.hint] ?? offer.hint}</span>}
              {offer.keys !== undefined && <Keys keys={offer.keys} />}
            </span>
          </div>
        ))}
      </div>
      <Text size="xs" c="dimmed" className={classes.foot} role="status">
        {failed ? words.partly : q.trim() === '' ? words.hint : all.length === 0 && !searching ? words.nothing : <VisuallyHidden>{all.length}</VisuallyHidden>}
      </Text>
    </Modal>
  );
}
