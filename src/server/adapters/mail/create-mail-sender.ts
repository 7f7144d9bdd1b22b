export type OutgoingMail = { readonly to: string; readonly subject: string; readonly text: string };

type SenderOptions = {
  /** Throws when the mail did not go out. */
  readonly deliver: (mail: OutgoingMail) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
};

/** Sends one mail after the other, in the order of asking, so that many askers open no more than one connection. */
export const createMailSender = ({ deliver, onFailure }: SenderOptions) => {
  let last: Promise<void> = Promise.resolve();
  const send = async (compose: () => Promise<OutgoingMail | null>): Promise<void> => {
    try {
      const mail = await compose();
      if (mail !== null) await deliver(mail);
    } catch (error) {
      onFailure(error);
    }
  };
  return {
    post: (compose: () => Promise<OutgoingMail | null>): void => {
      last = last.then(() => send(compose));
    },
    settled: () => last,
  };
};
