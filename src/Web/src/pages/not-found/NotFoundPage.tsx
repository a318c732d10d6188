import { Anchor, Center, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n/TextProvider';
import { PageTitle } from '../../shell/PageTitle';

export function NotFoundPage() {
  const { notFound } = useText().shell;
  return (
    <Center component="main" id="main" mih="60vh" p="md">
      <Stack gap={6} align="center">
        <PageTitle>{notFound.title}</PageTitle>
        <Text c="dimmed">{notFound.hint}</Text>
        <Anchor component={Link} to="/" mt="sm">
          {notFound.back}
        </Anchor>
      </Stack>
    </Center>
  );
}
