import { ApiError, Code } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { CookieLost } from '../../session/session';

/** What an error means while signing in, where it means something else than elsewhere. */
export function SignInFailure({ error }: { error: Error }) {
  const { signIn: words } = useText();
  if (error instanceof CookieLost) {
    return <FailureAlert error={error} title={words.noCookie} detail={words.noCookieHint} />;
  }

  switch (error instanceof ApiError ? error.code : undefined) {
    case Code.notSignedIn:
      return <FailureAlert error={error} title={words.refused} detail={words.refusedHint} />;
    case Code.tooMany:
      return <FailureAlert error={error} title={words.tooMany} detail={words.tooManyHint} />;
    default:
      return <FailureAlert error={error} />;
  }
}
