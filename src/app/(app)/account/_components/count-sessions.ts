/** "No other session", "1 other session", "3 other sessions". */
export const countSessions = (count: number): string => {
  if (count === 0) return "No other session";
  return `${count} other ${count === 1 ? "session" : "sessions"}`;
};
