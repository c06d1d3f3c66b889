export { createScene } from './scene/scene.ts'
