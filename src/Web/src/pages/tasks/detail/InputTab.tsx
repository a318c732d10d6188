import { Anchor, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../../i18n/TextProvider';
import { Copied } from '../../../parts/Copied';
import { useFormat } from '../../../time/useFormat';
import type { TaskView } from '../queries';
import classes from './InputTab.module.css';
import { shown } from './ToolView';

/** What was handed in, and what came of it. */
export function InputTab({ task }: { task: TaskView }) {
  const { input: words } = useText().task;
  const labels = Object.entries(task.labels).map(([name, value]) => `${name}=${value}`);
  return (
    <Stack gap="sm">
      {task.error !== null && <Part title={words.error} text={task.error.message} />}
      {task.result !== null && <Part title={words.result} text={resultText(task.result)} whole={task.result_ref} />}
      {task.prompt !== null && <Part title={words.prompt} text={task.prompt} whole={task.prompt_ref} />}
      {task.input !== null && <Part title={words.input} text={shown(task.input)} whole={task.input_ref} />}
      {task.requires !== null && <Part title={words.requires} text={shown(task.requires)} />}
      {labels.length > 0 && <Part title={words.labels} text={labels.join('\n')} />}
    </Stack>
  );
}

function Part({ title, text, whole = null }: { title: string; text: string; whole?: TaskView['prompt_ref'] }): ReactNode {
  const { input: words } = useText().task;
  const { bytes } = useFormat();
  return (
    <Paper className={classes.part}>
      <div className={classes.head}>
        <h2>{title}</h2>
        <Copied value={text} what={title} />
      </div>
      <pre className={classes.text}>{text}</pre>
      {whole !== null && (
        <Text size="xs" c="dimmed">
          {words.tooLong(bytes(whole.size))} <Anchor href={whole.url} download>{words.all}</Anchor>
        </Text>
      )}
    </Paper>
  );
}

/** What most programs give is their last words. */
function resultText(result: unknown): string {
  const text = typeof result === 'object' && result !== null && 'text' in result ? result.text : result;
  return shown(typeof text === 'string' ? text : result);
}
