/** From github-linguist's generated.rb (2025), what a path alone tells. */
export const generatedPath =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|composer\.lock|Gemfile\.lock|Cargo\.lock|Cargo\.toml\.orig|poetry\.lock|pdm\.lock|uv\.lock|pixi\.lock|Pipfile\.lock|go\.(?:sum|work\.sum)|Gopkg\.lock|glide\.lock|flake\.lock|Package\.resolved|Podfile\.lock|mix\.lock|packages\.lock\.json|pubspec\.lock|gradle\.lockfile|MODULE\.bazel\.lock|\.terraform\.lock\.hcl|\.pnp\..*|esy\.lock|__generated__\/.+|ppport\.h|gradlew(?:\.bat)?|mvnw(?:\.cmd)?)$|(?:\.(?:nib|xcworkspacedata|xcuserstate|min\.(?:js|css)|js\.map|css\.map|designer\.(?:cs|vb)|g\.dart|freezed\.dart|pb\.(?:go|cc|h)|pb\.gw\.go|xcscheme)|_pb2(?:_grpc)?\.pyi?|(?:^|\/)zz_generated\.[^/]*\.go|\.generated\.[a-z]+)$/i;

/** What builds, test runs and programs leave behind, where somebody tracks it. */
const leftBehind =
  /(?:^|\/)(?:dist|build|out|target|coverage|\.next|\.nuxt|\.cache|__pycache__|__snapshots__|node_modules|logs?|tmp)\/|\.(?:snap|sqlite3?|db|log|tsbuildinfo|pyc|lock|pid|pem|key|crt)$/i;

/** Whether programs write it: then it may have been removed and be there again, as it was. */
export function isMadeByPrograms(path: string): boolean {
  return generatedPath.test(path) || leftBehind.test(path);
}
