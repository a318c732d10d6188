import { Container } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { FailureAlert } from '../feedback/FailureAlert';

/** Where a page could not be shown at all: the server is away, or we made a mistake. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Container size="xs" py="20vh" component="main" id="main">
      <FailureAlert
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </Container>
  );
}
