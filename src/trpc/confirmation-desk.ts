import type { AskConfirmation } from "./step-up-link";

/** Where calls ask that somebody confirms who it is, and a dialog hears of it. Those that ask meanwhile share one answer. */
export type ConfirmationDesk = {
  readonly ask: AskConfirmation;
  readonly answer: (isConfirmed: boolean) => void;
  readonly isAsked: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
};

type Question = { readonly answered: Promise<boolean>; readonly answer: (isConfirmed: boolean) => void };

const createQuestion = (): Question => {
  let answer: Question["answer"] = () => undefined;
  const answered = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  return { answered, answer };
};

export const createConfirmationDesk = (): ConfirmationDesk => {
  const listeners = new Set<() => void>();
  let open: Question | null = null;
  const set = (question: Question | null): void => {
    open = question;
    for (const listener of listeners) listener();
  };
  return {
    ask: () => {
      const question = open ?? createQuestion();
      if (open === null) set(question);
      return question.answered;
    },
    answer: (isConfirmed) => {
      open?.answer(isConfirmed);
      if (open !== null) set(null);
    },
    isAsked: () => open !== null,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
