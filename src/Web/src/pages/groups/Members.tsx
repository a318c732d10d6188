import { ActionIcon, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { api, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { flatten } from '../../list/pages';
import { VirtualRows } from '../../list/VirtualRows';
import { keys } from '../../live/keys';
import { agentQuery } from '../../names/queries';
import { Dialog } from '../../parts/Dialog';
import { StateBadge } from '../../parts/StateBadge';
import { useMe } from '../../session/session';
import classes from './Groups.module.css';
import { MemberPicker } from './MemberPicker';
import { memberId, membersQuery, type Group as GroupView, type Member } from './queries';

/** The socket tells of agents, not of people; only this window shows who of them is there. */
const fresh = 15_000;

/** Who is in it, who of them is there just now; who comes and who goes. */
export function Members({ group, onClose }: { group: GroupView; onClose: () => void }) {
  const { groups: words } = useText();
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const members = useInfiniteQuery({ ...membersQuery(group.id), refetchInterval: fresh });
  const rows = members.data && flatten(members.data.pages, memberId);
  const [added, setAdded] = useState<string[]>([]);
  const again = () => queries.invalidateQueries({ queryKey: keys.groups });
  const change = useMutation({
    mutationFn: (body: { add?: string[]; remove?: string[] }) => unwrap(api.POST('/api/v1/groups/{id}/members', { params: { path: { id: group.id } }, body })),
    onSuccess: () => { setAdded([]); return again(); },
  });
  const leave = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/groups/{id}/leave', { params: { path: { id: group.id } } })),
    onSuccess: async () => { await navigate({ to: '/groups' }); void again(); },
  });
  return (
    <Dialog opened onClose={onClose} title={words.people}>
      <Stack gap="md">
        {members.isError && <FailureAlert error={members.error} onRetry={() => void members.refetch()} />}
        {members.isPending && <Skeleton height={120} radius="md" />}
        {rows && (
          <VirtualRows rows={rows} idOf={memberId} height={34} most={340} onEnd={members.hasNextPage && !members.isFetchingNextPage ? () => void members.fetchNextPage() : undefined}>
            {(member) => (
              <div className={classes.person}>
                <Text size="sm" truncate>{member.name}</Text>
                {member.kind === 'agent' ? <Presence member={member} /> : <StateBadge state={member.online === true ? 'online' : 'offline'} />}
                {!(member.kind === 'user' && member.id === me?.id) && (
                  <ActionIcon size={26} variant="subtle" color="gray" aria-label={words.takeAway(member.name)} disabled={change.isPending} onClick={() => { change.mutate({ remove: [memberId(member)] }); }}><UserMinus size={14} /></ActionIcon>
                )}
              </div>
            )}
          </VirtualRows>
        )}
        <MemberPicker value={added} onChange={setAdded} />
        {change.isError && <FailureAlert error={change.error} />}
        {leave.isError && <FailureAlert error={leave.error} />}
        <Group justify="space-between">
          <Button size="xs" variant="default" loading={leave.isPending} onClick={() => { leave.mutate(); }}>{words.leave}</Button>
          <Button size="xs" loading={change.isPending} disabled={added.length === 0} onClick={() => { change.mutate({ add: added }); }}>{words.add}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Presence({ member }: { member: Member }) {
  const agent = useQuery(agentQuery(member.id));
  return agent.data ? <StateBadge state={agent.data.status} /> : null;
}
