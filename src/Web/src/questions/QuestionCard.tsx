import { Paper, Text } from '@mantine/core';
import { MessageCircleQuestion, ShieldQuestion } from 'lucide-react';
import { useText } from '../i18n/TextProvider';
import { When } from '../time/When';
import { Answering } from './Answering';
import classes from './QuestionCard.module.css';
import type { Question } from './useAnswer';

export function QuestionCard({ question }: { question: Question }) {
  const { task } = useText();
  const Icon = question.kind === 'permission' ? ShieldQuestion : MessageCircleQuestion;
  return (
    <Paper className={classes.card} role="group" aria-label={question.title}>
      <Icon size={18} aria-hidden="true" className={classes.icon} />
      <div className={classes.body}>
        <Text fw={600} size="sm">
          {question.title}
        </Text>
        {question.detail !== null && <pre className={classes.detail}>{question.detail}</pre>}
        <Answering question={question} />
        <Text size="xs" c="dimmed">
          {task.question.until} <When at={question.expires_at} />
          {question.default !== null && ` · ${task.question.default(question.default)}`}
        </Text>
      </div>
    </Paper>
  );
}
