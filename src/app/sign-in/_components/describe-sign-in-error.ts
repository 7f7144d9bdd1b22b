const MINUTE_SECONDS = 60;

/** What a refused sign-in says, from the code that the server gave. It never tells whether there is such a user. */
export const describeSignInError = (code: string): string => {
  const wait = /^TooManyAttempts:(\d{1,6})$/.exec(code)?.[1];
  if (wait !== undefined) {
    const minutes = Math.ceil(Number(wait) / MINUTE_SECONDS);
    return `Too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
  }
  if (code === "CredentialsSignin") return "E-mail and password do not match. Check both and try again.";
  return "Signing in did not work. Try again in a moment.";
};
