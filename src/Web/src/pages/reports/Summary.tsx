import { useText } from '../../i18n/TextProvider';
import { Facts } from '../../parts/Facts';
import type { WorkFigures } from '../../reports/queries';
import { useFormat } from '../../time/useFormat';
import { useLengths } from './useLengths';

export function Summary({ sum }: { sum: WorkFigures }) {
  const { reports: words } = useText();
  const { number, compact, dollars } = useFormat();
  const { length, share } = useLengths();
  return (
    <section aria-label={words.summary}>
      <Facts
        facts={[
          [words.ended, number(sum.ended)],
          [words.done, number(sum.done)],
          [words.failures, number(sum.failed)],
          [words.canceled, number(sum.canceled)],
          [words.success, share(sum.success_rate)],
          [words.retries, number(sum.retries)],
          [words.heads.waitHalf, length(sum.wait.p50)],
          [words.heads.runHalf, length(sum.run.p50)],
          [words.tokens, compact(sum.usage.input_tokens + sum.usage.output_tokens)],
          [words.cost, dollars(sum.usage.cost_usd)],
        ]}
      />
    </section>
  );
}
