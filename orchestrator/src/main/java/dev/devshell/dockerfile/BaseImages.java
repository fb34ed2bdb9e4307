package dev.devshell.dockerfile;

/** Where base images are looked up; asked only for images of the stages that are built, and never for {@code scratch}. */
@FunctionalInterface
public interface BaseImages {
    /** Returns the facts of an image, named as in {@code FROM} once its variables are filled in. */
    BaseImage find(String name);
}
