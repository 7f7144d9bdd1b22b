import { expect, it } from "vitest";
import { describeSignInError } from "./describe-sign-in-error";

it.each([
  ["CredentialsSignin", "E-mail and password do not match. Check both and try again."],
  ["TooManyAttempts:61", "Too many attempts. Try again in 2 minutes."],
  ["Unavailable:1a2b3c4d", "Something went wrong on our side. Reference 1a2b3c4d. Try again later."],
  ["Unavailable:<script>", "Signing in did not work. Try again in a moment."],
  ["Default", "Signing in did not work. Try again in a moment."],
])("a refused sign-in of the code %s says so in words", (code, words) => {
  expect(describeSignInError(code)).toBe(words);
});
