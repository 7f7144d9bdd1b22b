import { signIn } from "next-auth/react";

type Credentials = { readonly email: string; readonly password: string };

/** Signs in. Returns the error's code, or null once the cookie is set. */
export const signInWith = async (credentials: Credentials): Promise<string | null> => {
  try {
    const answer = await signIn("credentials", { ...credentials, redirect: false });
    return answer?.ok === true ? null : (answer?.error ?? "unknown");
  } catch {
    return "unreachable";
  }
};

/** To the app. A full page load, so that none of the visitor's data stays in memory. */
export const enter = (): void => window.location.assign("/overview");
