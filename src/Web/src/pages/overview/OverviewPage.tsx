import { Stack } from '@mantine/core';
import { useText } from '../../i18n/TextProvider';
import { PageTitle } from '../../shell/PageTitle';
import { DayChart } from './DayChart';
import { Figures } from './Figures';
import { NeedsYou } from './NeedsYou';
import classes from './Overview.module.css';
import { Services } from './Services';
import { useHealth } from './useHealth';
import { useOverviewFresh } from './useOverviewFresh';

export function OverviewPage() {
  const { overview: words } = useText();
  const health = useHealth();
  useOverviewFresh();

  return (
    <Stack gap="lg">
      <PageTitle>{words.title}</PageTitle>
      <Figures />
      <div className={classes.now}>
        <DayChart />
        <NeedsYou services={health.data ?? []} />
      </div>
      <Services health={health} />
    </Stack>
  );
}
