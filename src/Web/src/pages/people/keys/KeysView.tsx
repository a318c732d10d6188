import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, unwrap } from '../../../api';
import { useCommands } from '../../../commands/commands';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { ListPage } from '../../../list/ListPage';
import { Confirm } from '../../../parts/Confirm';
import { PlainTable } from '../../../parts/PlainTable';
import { When } from '../../../time/When';
import type { ViewProps } from '../PeoplePage';
import classes from '../People.module.css';
import { keysQuery, type Key } from '../queries';
import { RoleNames } from '../RoleNames';
import { NewKey } from './NewKey';

/** The reader's own keys, for scripts that act in their name. */
export function KeysView({ search, onSearch, choice }: ViewProps) {
  const { people } = useText();
  const words = people.keys;
  const queries = useQueryClient();
  const keys = useQuery(keysQuery);
  const [leaving, setLeaving] = useState<Key>();
  const open = () => { onSearch({ make: true }); };
  const revoke = useMutation({
    mutationFn: ({ id }: Key) => unwrap(api.DELETE('/api/v1/auth/keys/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      setLeaving(undefined);
      toast(words.revoke.done);
      return queries.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
  });
  useCommands([{ id: 'keys:new', label: words.make.deed, group: 'page', keys: ['c'], icon: Plus, run: open }]);
  const button = <Button size="xs" leftSection={<Plus size={14} />} onClick={open}>{words.make.deed}</Button>;

  return (
    <ListPage title={people.title} actions={button} filters={choice} error={keys.error} onRetry={() => void keys.refetch()}>
      {keys.isPending && <Skeleton height={96} m="md" w="auto" />}
      {keys.data?.items.length === 0 && <div className={classes.empty}><Empty icon={KeyRound} title={words.empty} hint={words.emptyHint}>{button}</Empty></div>}
      {keys.data !== undefined && keys.data.items.length > 0 && (
        <div className={classes.inner}>
          <PlainTable
            label={people.views.keys}
            heads={[words.name, words.hint, people.columns.roles, words.used, words.ends, people.columns.since, words.revoke.deed]}
            rows={keys.data.items.map((key) => ({
              key: key.id,
              cells: [
                key.name,
                <code key="h" className={classes.hint}>ak_…{key.hint}</code>,
                <RoleNames key="r" roles={key.roles} />,
                key.last_used_at === null ? words.never : <When key="u" at={key.last_used_at} />,
                key.expires_at === null ? words.endless : <When key="e" at={key.expires_at} />,
                <When key="c" at={key.created_at} />,
                <ActionIcon key="d" variant="subtle" color="gray" size={26} aria-label={`${words.revoke.deed}: ${key.name}`} onClick={() => { setLeaving(key); }}><Trash2 size={14} /></ActionIcon>,
              ],
            }))}
          />
        </div>
      )}
      <NewKey opened={search.make === true} onClose={() => { onSearch({ make: undefined }); }} />
      <Confirm title={words.revoke.title(leaving?.name ?? '')} deed={words.revoke.deed} opened={leaving !== undefined} pending={revoke.isPending} error={revoke.error} onConfirm={() => { if (leaving !== undefined) { revoke.mutate(leaving); } }} onClose={() => { setLeaving(undefined); revoke.reset(); }}>
        {words.revoke.hint}
      </Confirm>
    </ListPage>
  );
}
