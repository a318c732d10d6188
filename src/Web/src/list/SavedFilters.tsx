import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { Bookmark, X } from 'lucide-react';
import { useState } from 'react';
import { toast } from '../feedback/toasts';
import { useText } from '../i18n/TextProvider';
import { withSaved } from './savedFilters';
import { useSavedFilters } from './useSavedFilters';
import classes from './ListPage.module.css';

export interface SavedFiltersProps {
  list: string;
  search: Record<string, unknown>;
  onChoose: (search: Record<string, unknown>) => void;
}

export function SavedFilters({ list, search, onChoose }: SavedFiltersProps) {
  const { list: words } = useText();
  const [opened, setOpened] = useState(false);
  const { saved, isKnown, keep } = useSavedFilters(list, (error) => { toast(words.filters.notKept, error); });
  const [name, setName] = useState('');
  const isFiltered = Object.keys(search).length > 0;

  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={30} aria-label={words.filters.saved} title={words.filters.saved} onClick={() => { setOpened(!opened); }}>
          <Bookmark size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {isKnown && saved.length === 0 && <Text size="sm" c="dimmed">{words.filters.none}</Text>}
          {saved.map((filter) => (
            <Group key={filter.name} gap={4} wrap="nowrap">
              <button
                type="button"
                className={classes.saved}
                onClick={() => {
                  setOpened(false);
                  onChoose(filter.search);
                }}
              >
                {filter.name}
              </button>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={words.filters.remove(filter.name)}
                onClick={() => {
                  keep(saved.filter((one) => one !== filter));
                }}
              >
                <X size={13} />
              </ActionIcon>
            </Group>
          ))}
          {isFiltered && (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                keep(withSaved(saved, { name: name.trim(), search }));
                setName('');
              }}
            >
              <Group gap="xs" align="flex-end" wrap="nowrap">
                <TextInput
                  size="xs"
                  label={words.filters.save}
                  placeholder={words.filters.name}
                  maxLength={60}
                  value={name}
                  style={{ flex: 1 }}
                  onChange={(event) => {
                    setName(event.currentTarget.value);
                  }}
                />
                <Button size="xs" type="submit" disabled={name.trim() === '' || !isKnown}>
                  {words.filters.saveIt}
                </Button>
              </Group>
            </form>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
