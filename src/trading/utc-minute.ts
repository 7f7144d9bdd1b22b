/** "2024-01-15 12:00 UTC": an instant as a sentence names it. */
export const utcMinute = (time: Date): string => `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
