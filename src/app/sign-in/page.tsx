import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { isSignedIn } from "~/trpc/server";
import { SignInForm } from "./_components/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  if (await isSignedIn()) redirect("/overview");
  const { error } = await searchParams;
  return (
    <main className="mx-auto grid max-w-[24rem] gap-6 px-4 py-16">
      <div>
        <p className="font-bold tracking-tight text-accent">0xBot</p>
        <h1 className="text-2xl font-semibold">Sign in</h1>
      </div>
      <SignInForm error={typeof error === "string" ? error : null} />
      <p className="text-sm text-muted">
        The demo&apos;s login is the last line that <code className="font-mono text-ink">npm start</code> prints when it
        is ready.
      </p>
    </main>
  );
}
