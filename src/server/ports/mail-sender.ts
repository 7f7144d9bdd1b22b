export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

export type MailSender = {
  /**
   * Composes and sends a mail on its own time: whoever asked is answered at once, alike whether there is somebody to
   * write to (`compose` resolves to null: nobody) and whether the mail server answers. A failure is reported in the log.
   */
  post(compose: () => Promise<Mail | null>): void;
  /** Resolves when everything posted so far was sent or has failed. */
  settled(): Promise<void>;
};
