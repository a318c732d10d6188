import { SegmentedControl, Stack, Text } from '@mantine/core';
import type { components } from '../../../api';
import { useText } from '../../../i18n/TextProvider';
import { AgentsPicker } from '../../../names/ManyPicker';

export const strategies = ['all', 'first', 'vote', 'lead'] as const;

export interface Gathering {
  agents: string[];
  strategy: (typeof strategies)[number];
}

/** The one that is named first leads, where one leads. */
export const gatherOf = ({ agents, strategy }: Gathering): components['schemas']['GroupRequest'] => ({ agents, strategy, lead: null });

/** Who is to work on a task together, and how their results become one. */
export function GatherFields({ value, fields, onChange }: { value: Gathering; fields: Record<string, string[]>; onChange: (next: Gathering) => void }) {
  const { gather: words } = useText();
  return (
    <Stack gap="sm">
      <AgentsPicker
        label={words.agents}
        required
        maxValues={50}
        value={value.agents}
        error={fields['group.agents']?.[0] ?? fields.agents?.[0]}
        onChange={(agents) => { onChange({ ...value, agents }); }}
      />
      <SegmentedControl
        aria-label={words.strategy}
        value={value.strategy}
        data={strategies.map((one) => ({ value: one, label: words.strategies[one] }))}
        onChange={(strategy) => { onChange({ ...value, strategy }); }}
      />
      <Text size="sm" c="dimmed">{words.about[value.strategy]}</Text>
    </Stack>
  );
}
