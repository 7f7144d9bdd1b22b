/** How many exports of a user run at one time. */
export type ExportSeats = {
  /** Takes a seat, until the returned function is called; null: `most` are taken. */
  take(userId: string, most: number): (() => void) | null;
};
