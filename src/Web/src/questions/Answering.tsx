import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../i18n/TextProvider';
import { useAnswer, type Question } from './useAnswer';

/** The ways in which a question can be answered: yes or no, one of some, or words. */
export function Answering({ question }: { question: Question }) {
  const { task } = useText();
  const words = task.question;
  const answer = useAnswer(question);
  const [text, setText] = useState('');

  if (question.kind === 'permission') {
    return (
      <Group gap="xs">
        <Button size="xs" loading={answer.isPending} onClick={() => { answer.mutate({ allow: true }); }}>
          {words.allow}
        </Button>
        <Button size="xs" variant="default" loading={answer.isPending} onClick={() => { answer.mutate({ allow: false }); }}>
          {words.deny}
        </Button>
      </Group>
    );
  }
  if (question.options.length > 0) {
    return (
      <Group gap="xs">
        {question.options.map((option) => (
          <Button key={option} size="xs" variant={option === question.default ? 'filled' : 'default'} loading={answer.isPending} onClick={() => { answer.mutate({ option }); }}>
            {option}
          </Button>
        ))}
      </Group>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        answer.mutate({ text: text.trim() });
      }}
    >
      <Group gap="xs" wrap="nowrap">
        <TextInput size="xs" style={{ flex: 1 }} aria-label={words.yourAnswer} placeholder={words.yourAnswer} value={text} onChange={(event) => { setText(event.currentTarget.value); }} />
        <Button size="xs" type="submit" loading={answer.isPending} disabled={text.trim() === ''}>
          {words.answer}
        </Button>
      </Group>
    </form>
  );
}
