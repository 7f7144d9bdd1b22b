import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ApiProvider } from "~/trpc/react";
import { getPublicApi, isSignedIn } from "~/trpc/server";
import { RegisterForm } from "./_components/register-form";

export const metadata: Metadata = { title: "Create an account" };

export default async function RegisterPage() {
  if (await isSignedIn()) redirect("/overview");
  const { registration } = await (await getPublicApi()).auth.door();
  return (
    <div className="grid gap-6">
      <h1 className="text-2xl font-semibold">Create an account</h1>
      {registration === "closed" ? (
        <p>Nobody can register here. Ask whoever runs this installation for an account.</p>
      ) : (
        <ApiProvider>
          <RegisterForm isInvited={registration === "invite"} />
        </ApiProvider>
      )}
      <p className="text-sm text-muted">
        You have an account?{" "}
        <Link href="/sign-in" className="link inline-flex min-h-6 items-center">
          Sign in
        </Link>
      </p>
    </div>
  );
}
