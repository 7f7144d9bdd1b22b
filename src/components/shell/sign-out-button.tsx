"use client";

import { signOut } from "next-auth/react";

export const SignOutButton = () => (
  <button type="button" className="button" onClick={() => void signOut({ callbackUrl: "/sign-in" })}>
    Sign out
  </button>
);
