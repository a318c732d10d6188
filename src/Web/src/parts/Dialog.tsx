import { Modal, type ModalProps } from '@mantine/core';
import { useText } from '../i18n/TextProvider';
import { useFocusBack } from './useFocusBack';

/** A window in the middle, whose cross says what it does. */
export function Dialog(props: ModalProps) {
  const { shell } = useText();
  useFocusBack(props.opened);
  return <Modal centered closeButtonProps={{ 'aria-label': shell.close }} {...props} />;
}
