import { NumberInput, Paper, SimpleGrid } from '@mantine/core';
import { useText } from '../../../i18n/TextProvider';
import form from '../../../parts/Form.module.css';
import type { SectionProps } from './section';

const whole = ['timeout', 'idle', 'memory_mb', 'pids', 'tokens_per_task', 'tokens_per_day'] as const;
const parts = ['cpu', 'cost_per_task', 'cost_per_day'] as const;

/** How much of everything it may use. */
export function LimitFields({ template, onChange, wrong }: SectionProps) {
  const { form: words } = useText().posts;
  const limits = template.limits ?? {};
  const field = (name: (typeof whole | typeof parts)[number], decimals: number) => (
    <NumberInput
      key={name}
      label={words.limits[name]}
      min={0}
      decimalScale={decimals}
      hideControls
      thousandSeparator=" "
      value={limits[name] ?? ''}
      error={wrong(`limits.${name}`)}
      onChange={(value) => { onChange({ limits: { ...limits, [name]: value === '' ? null : Number(value) } }); }}
    />
  );
  return (
    <Paper component="section" className={form.fields} aria-label={words.limitsTitle}>
      <h2>{words.limitsTitle}</h2>
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
        {whole.map((name) => field(name, 0))}
        {parts.map((name) => field(name, 4))}
      </SimpleGrid>
    </Paper>
  );
}
