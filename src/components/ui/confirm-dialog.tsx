"use client";

import { useEffect, useId, useRef, type ReactNode } from "react";

type ConfirmDialogProps = {
  readonly title: string;
  /** What it will do. */
  readonly children: ReactNode;
  /** The word on the button that does it. */
  readonly confirm: string;
  readonly isPending: boolean;
  /** Whether it can be done as it stands. */
  readonly isReady?: boolean;
  /** Whether it ends trading at once: its button looks like that. */
  readonly isDangerous?: boolean;
  /** Why it was not done. */
  readonly error: string | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** Says what something will do before it is done. Escape and "Cancel" leave everything as it is. */
export const ConfirmDialog = ({
  title,
  children,
  confirm,
  isPending,
  isReady = true,
  isDangerous = false,
  error,
  ...on
}: ConfirmDialogProps) => {
  const { onConfirm, onClose } = on;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      className="m-auto w-[min(30rem,calc(100vw-2rem))] rounded-md border border-line-strong bg-panel p-0 text-ink shadow-pop backdrop:bg-canvas/70"
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
        className="grid gap-4 p-4"
      >
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        <div className="grid gap-3 text-sm">{children}</div>
        {error !== null && (
          <p role="alert" className="rounded-sm border border-loss px-3 py-2 text-sm">
            {error}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button
            type="submit"
            className={`button ${isDangerous ? "border-loss text-loss" : "button-primary"}`}
            disabled={isPending || !isReady}
          >
            {isPending ? "Asking…" : confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
};
