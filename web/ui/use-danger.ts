import { App, type ModalFuncProps } from "antd";

type Question = Required<Pick<ModalFuncProps, "title" | "okText" | "onOk">> &
  Pick<ModalFuncProps, "content" | "onCancel">;

/** Asks before something that cannot be taken back. `onOk` may take its time: the button shows it. */
export function useDanger(): (question: Question) => void {
  const { modal } = App.useApp();
  return (question) => void modal.confirm({ ...question, okButtonProps: { danger: true } });
}
