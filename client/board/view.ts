export { createView } from './view/view.ts'
export type { ViewOptions } from './view/view.ts'
export { prepareHelper } from './view/helper.ts'
