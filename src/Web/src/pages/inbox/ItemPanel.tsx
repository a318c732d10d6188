import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n/TextProvider';
import { Keys } from '../../commands/Keys';
import { QuestionCard } from '../../questions/QuestionCard';
import { When } from '../../time/When';
import classes from './Inbox.module.css';
import type { Item } from './items';
import { useInboxDeeds } from './useInboxDeeds';

/** All of one item, and what can be done about it. */
export function ItemPanel({ item }: { item: Item }) {
  const { inbox: words } = useText();
  const { read } = useInboxDeeds();
  if (item.kind === 'mention') {
    return (
      <Stack gap="sm">
        <Text size="sm" fw={600}>
          {item.mention.from} · <When at={item.mention.timestamp} />
        </Text>
        <p className={classes.said}>{item.mention.content}</p>
        <Group>
          <Button size="xs" loading={read.isPending} onClick={() => { read.mutate([item]); }}>
            {words.read}
          </Button>
          <Keys keys="e" />
        </Group>
      </Stack>
    );
  }
  const { question } = item;
  return (
    <Stack gap="sm">
      <QuestionCard question={question} />
      <Group gap="md">
        {item.kind === 'permission' && <Text size="xs" c="dimmed"><Keys keys="y" /> {words.allow} <Keys keys="n" /> {words.deny}</Text>}
        {question.options.length > 0 && item.kind === 'question' && <Text size="xs" c="dimmed">{question.options.slice(0, 9).map((option, index) => <span key={option}><Keys keys={String(index + 1)} /> {option} </span>)}</Text>}
      </Group>
      {question.prompt !== null && <p className={classes.said}>{question.prompt}</p>}
      <Link to="/tasks/$id" params={{ id: question.task_id }} className={classes.link}>
        {words.openTask}
      </Link>
    </Stack>
  );
}
