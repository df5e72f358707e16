/**
 * The part of the Compose specification that docker-compose.yml and its overlay use, as a JSON Schema: whatever else
 * stands there is refused. After https://github.com/compose-spec/compose-spec, 2025.
 */
const text = { type: 'string', minLength: 1 }
const texts = { type: 'array', items: text, minItems: 1 }
const duration = { type: 'string', pattern: '^\\d+(ms|s|m|h)$' }
const strict = { type: 'object', additionalProperties: false }

const service = {
  ...strict,
  properties: {
    image: text,
    build: text,
    restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
    init: { type: 'boolean' },
    profiles: texts,
    entrypoint: texts,
    environment: { type: 'object', additionalProperties: text },
    volumes: { type: 'array', items: { type: 'string', pattern: '^[^:]+.*:/[^:]+(:ro)?$' } },
    ports: { type: 'array', items: { type: 'string', pattern: ':\\d+:\\d+$' } },
    healthcheck: {
      ...strict,
      properties: {
        test: {
          type: 'array',
          items: text,
          minItems: 2,
          prefixItems: [{ enum: ['CMD', 'CMD-SHELL'] }],
        },
        interval: duration,
        timeout: duration,
        retries: { type: 'integer', minimum: 1 },
        start_period: duration,
      },
      required: ['test', 'interval', 'timeout', 'retries'],
    },
    depends_on: {
      type: 'object',
      additionalProperties: {
        ...strict,
        properties: {
          condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] },
          required: { type: 'boolean' },
        },
        required: ['condition'],
      },
    },
  },
  required: ['image', 'restart', 'environment'],
}

export const composeSchema = {
  ...strict,
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' },
    services: { type: 'object', additionalProperties: service },
    volumes: { type: 'object', additionalProperties: { type: 'null' } },
  },
  required: ['name', 'services', 'volumes'],
}

/** Of a file that goes beside another: what it leaves out stands there. */
export const overlaySchema = {
  ...strict,
  properties: {
    services: { type: 'object', additionalProperties: { ...service, required: [] } },
  },
  required: ['services'],
}
