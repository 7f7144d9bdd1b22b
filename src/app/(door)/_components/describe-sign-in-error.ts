const MINUTE_SECONDS = 60;

/** The text of a refused sign-in, by the server's code. It never tells whether the user exists. */
export const describeSignInError = (code: string): string => {
  const wait = /^TooManyAttempts:(\d{1,6})$/.exec(code)?.[1];
  if (wait !== undefined) {
    const minutes = Math.ceil(Number(wait) / MINUTE_SECONDS);
    return `Too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
  }
  if (code === "CredentialsSignin") return "E-mail and password do not match. Check both and try again.";
  const reference = /^Unavailable:([0-9a-f]{1,16})$/.exec(code)?.[1];
  if (reference !== undefined) return `Something went wrong on our side. Reference ${reference}. Try again later.`;
  return "Signing in did not work. Try again in a moment.";
};
