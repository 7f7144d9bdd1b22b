import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getApi } from "~/trpc/server";
import { SignInForm } from "./_components/sign-in-form";

export const metadata: Metadata = { title: "Sign in - 0xBot" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { isSignedIn } = await getApi();
  if (isSignedIn) redirect("/bots");
  const { error } = await searchParams;
  return (
    <main>
      <h1>Sign in</h1>
      <SignInForm error={typeof error === "string" ? error : null} />
    </main>
  );
}
