"""The version of the load engine; any change of a figure raises it."""

ENGINE_VERSION = "1.1.0"
