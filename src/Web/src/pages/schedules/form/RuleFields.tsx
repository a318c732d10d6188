import { Input, Paper, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useText } from '../../../i18n/TextProvider';
import form from '../../../parts/Form.module.css';
import classes from '../Schedules.module.css';
import type { SectionProps } from './ClockFields';

const misfires = ['skip', 'once', 'all'] as const;
const overlaps = ['allow', 'skip', 'queue'] as const;

/** What becomes of times that nobody was there for, and of those that come too soon. */
export function RuleFields({ draft, onChange, fields }: SectionProps) {
  const { form: words } = useText().schedules;
  const misfireHints: Record<string, string | undefined> = words.misfireHints;
  const overlapHints: Record<string, string | undefined> = words.overlapHints;
  return (
    <Paper component="section" className={form.fields} aria-label={words.rules}>
      <h2>{words.rules}</h2>
      <Input.Wrapper label={words.misfire} labelElement="div" error={fields.misfire_policy?.join(' ')}>
        <div className={classes.rule}>
          <SegmentedControl aria-label={words.misfire} value={draft.misfire} data={misfires.map((value) => ({ value, label: words.misfires[value] }))} onChange={(misfire) => { onChange({ misfire }); }} />
          <Text size="xs" c="dimmed">{misfireHints[draft.misfire]}</Text>
        </div>
      </Input.Wrapper>
      <Input.Wrapper label={words.overlap} labelElement="div" error={fields.overlap_policy?.join(' ')}>
        <div className={classes.rule}>
          <SegmentedControl aria-label={words.overlap} value={draft.overlap} data={overlaps.map((value) => ({ value, label: words.overlaps[value] }))} onChange={(overlap) => { onChange({ overlap }); }} />
          <Text size="xs" c="dimmed">{overlapHints[draft.overlap]}</Text>
        </div>
      </Input.Wrapper>
      <TextInput type="number" min={0} max={86_400} label={words.jitter} description={words.jitterHint} inputWrapperOrder={['label', 'input', 'description', 'error']} value={draft.jitter} error={fields.jitter_seconds?.join(' ')} onChange={({ currentTarget }) => { onChange({ jitter: currentTarget.value }); }} />
    </Paper>
  );
}
