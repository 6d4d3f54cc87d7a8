/** For vitest: what takes longest is begun first, or a worker stands idle while the other has the whole of it left. */
import { basename } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** @param longest names of files without their endings; the others follow in vitest's own order, projects stay together */
export function longestFirst(longest: readonly string[]): typeof BaseSequencer {
  const rank = ({ moduleId }: TestSpecification): number => {
    const at = longest.indexOf(basename(moduleId).split('.')[0] ?? '')
    return at < 0 ? longest.length : at
  }
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const sorted = await super.sort(files)
      const projects = [...new Set(sorted.map(({ project }) => project.name))]
      return projects.flatMap((name) =>
        sorted.filter(({ project }) => project.name === name).toSorted((a, b) => rank(a) - rank(b)),
      )
    }
  }
}
