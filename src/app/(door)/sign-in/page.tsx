import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getPublicApi, isSignedIn } from "~/trpc/server";
import { SignInForm } from "./_components/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  if (await isSignedIn()) redirect("/overview");
  const { registration } = await (await getPublicApi()).auth.door();
  const { error } = await searchParams;
  return (
    <div className="grid gap-6">
      <h1 className="text-2xl font-semibold">Sign in</h1>
      <SignInForm error={typeof error === "string" ? error : null} />
      <p className="flex flex-wrap justify-between gap-x-4 text-sm">
        <Link href="/forgot" className="link inline-flex min-h-6 items-center">
          Forgot your password?
        </Link>
        {registration !== "closed" && (
          <Link href="/register" className="link inline-flex min-h-6 items-center">
            Create an account
          </Link>
        )}
      </p>
      <p className="text-sm text-muted">
        The demo&apos;s login is the last line that <code className="font-mono text-ink">npm start</code> prints when it
        is ready.
      </p>
    </div>
  );
}
